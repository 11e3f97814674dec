"""The faces that are files: what is handed over, put on a web host or shown where there is no network."""
