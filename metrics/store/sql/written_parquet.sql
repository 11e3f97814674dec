-- What do the release files of Parquet that are named say, row by row?
CREATE OR REPLACE TEMP VIEW written AS
SELECT measure, place, period, value, base, filename FROM read_parquet(getvariable('files'), filename = true);
