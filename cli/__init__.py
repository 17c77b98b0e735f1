"""The faces of nianbao: one command a module."""
