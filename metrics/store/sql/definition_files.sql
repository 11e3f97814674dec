-- Which files say what figures mean, as they were read when this was built?
SELECT path, text FROM definition_file ORDER BY path;
