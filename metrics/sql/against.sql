-- How much has each measure of one place changed, from every sensible baseline?
FROM against WHERE place = $place ORDER BY measure, against DESC;
