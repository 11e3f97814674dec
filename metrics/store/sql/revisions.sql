-- What has every release said of one cell?
SELECT measure, place, period, value, base, published, second_hand
FROM observation
WHERE measure = $measure AND place = $place AND period = $period
ORDER BY published;
