"""Turn archives of Chinese government annual reports into a searchable database of facts."""

__version__ = "0.1.0"
