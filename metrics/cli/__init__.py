"""What each command takes and does: one module for each group of commands. Every command gets the words of the command line, parsed."""
