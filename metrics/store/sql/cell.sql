-- What do the release files hold?
-- Read strictly; a name that is not known becomes missing, and is then refused.
CREATE TEMP TABLE cell AS
SELECT origin.number, TRY_CAST(measure AS series_id) AS series, TRY_CAST(place AS place_id) AS place,
    TRY_CAST(period AS period_id) AS period, value, base
FROM read_csv($files, auto_detect = false, header = true, delim = ',', quote = '"', strict_mode = true,
              encoding = 'utf-8', filename = true, nullstr = '',
              columns = {'measure': 'VARCHAR', 'place': 'VARCHAR', 'period': 'VARCHAR', 'value': 'DOUBLE', 'base': 'DOUBLE'}) AS written
JOIN origin ON origin.file = written.filename;
