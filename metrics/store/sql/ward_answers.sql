-- What are the two answers of every measure in every ward, with the area that it lies in?
SELECT answer.*, level.area
FROM ward_answer AS answer
JOIN ward_level AS level ON level.measure = answer.measure AND level.place = answer.place
ORDER BY level.area, answer.place, answer.measure, answer.question;
