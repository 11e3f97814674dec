-- What do the release files hold?
-- A name that is not known becomes missing, and is then refused.
INSERT INTO cell
SELECT origin.number, TRY_CAST(measure AS series_id), TRY_CAST(place AS place_id), TRY_CAST(period AS period_id), value, base
FROM written
JOIN origin ON origin.file = written.filename;
