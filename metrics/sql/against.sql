-- How much has each measure of one place changed, from every sensible baseline, as known on a day the build keeps?
FROM against WHERE as_at = $as_at AND place = $place ORDER BY measure, against DESC;
