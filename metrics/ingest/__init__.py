"""Official files in: importers, the pipeline that keeps each release, and the releases themselves."""
