-- What are the two answers of every measure in the wards of an area?
SELECT answer.*
FROM ward_answer AS answer
JOIN ward_level AS level ON level.measure = answer.measure AND level.place = answer.place
WHERE level.area = $area
ORDER BY answer.place, answer.measure, answer.question;
