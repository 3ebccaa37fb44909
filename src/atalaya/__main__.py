"""`python -m atalaya` is the command `atalaya`."""

from atalaya.cli import main

main()
