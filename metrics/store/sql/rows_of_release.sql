-- What does one release of Parquet say of some series?
SELECT measure, place, period, value FROM read_parquet($file) WHERE list_contains($series, measure);
