-- What do the named release files of text say, row by row, read strictly?
CREATE OR REPLACE TEMP VIEW written AS
SELECT measure, place, period, value, base, filename
FROM read_csv(getvariable('files'), auto_detect = false, header = true, delim = ',', quote = '"', strict_mode = true,
              encoding = 'utf-8', filename = true, nullstr = '',
              columns = {'measure': 'VARCHAR', 'place': 'VARCHAR', 'period': 'VARCHAR', 'value': 'DOUBLE', 'base': 'DOUBLE'});
