-- What do the newest 12 months say of every measure in the wards of an area?
SELECT measure, place, area, first, last, count, residents, rate, drawn, low, high, area_rate, published
FROM ward_level
WHERE area = $area
ORDER BY place, measure;
