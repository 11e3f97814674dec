-- What do the release files hold whose places are none of the force's areas?
INSERT INTO cell
SELECT origin.number, measure, place, period, value
FROM written
JOIN origin ON origin.file = written.filename;
