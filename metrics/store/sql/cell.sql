-- What do the release files of text hold?
-- Read strictly; a name that is not known becomes missing, and is then refused.
INSERT INTO cell
SELECT origin.number, TRY_CAST(measure AS series_id), TRY_CAST(place AS place_id), TRY_CAST(period AS period_id), value, base
FROM read_csv($files, auto_detect = false, header = true, delim = ',', quote = '"', strict_mode = true,
              encoding = 'utf-8', filename = true, nullstr = '',
              columns = {'measure': 'VARCHAR', 'place': 'VARCHAR', 'period': 'VARCHAR', 'value': 'DOUBLE', 'base': 'DOUBLE'}) AS written
JOIN origin ON origin.file = written.filename;
