"""`python -m nianbao.cli` is the same as `nianbao`."""

from . import main

main()
