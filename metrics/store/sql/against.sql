-- How much has each measure changed in every place, from every sensible baseline, as known on a day the build keeps?
FROM against
WHERE as_at = $as_at
ORDER BY measure, place, against DESC, months;
