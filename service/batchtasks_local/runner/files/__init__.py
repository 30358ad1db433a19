"""The files of tasks: their directories, what is brought into them and taken out of them, and what clients may see."""
