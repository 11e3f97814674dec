-- For each measure and place level: from when to when are there figures, and when were they published?
SELECT measure, level, min(period) AS first, max(period) AS last, max(published) AS published, count(DISTINCT place) AS places
FROM observation
JOIN place ON place.id = observation.place
WHERE published <= $as_at AND measure <> 'residents'
GROUP BY measure, level
ORDER BY measure, level;
