-- How much has each measure, or one, changed in every place or in one, from every sensible baseline, as known on a day the build keeps?
FROM against
WHERE as_at = $as_at
  AND ($measure IS NULL OR measure = $measure)
  AND ($place IS NULL OR place = $place)
ORDER BY measure, place, against DESC;
