-- What was said of one measure in one place when each period was first published?
SELECT measure, place, period, arg_min(value, published) AS value, arg_min(base, published) AS base, min(published) AS published
FROM observation
WHERE measure = $measure AND place = $place
GROUP BY ALL
ORDER BY period;
