"""The whole path: a catalogue is asked, a file fetched, tried, reviewed, taken; and nothing is done twice."""



def test_a_new_release_waits_with_a_review_until_it_is_taken(asking, publisher):
    status, out, err = asking.run("refresh")
    assert (status, err) == (2, "")
    print(out)
    assert asking.run("list", "releases")[1] == ""
    status, out, err = asking.run("refresh", "--take")
    assert (status, err) == (0, "")
    assert "force-strength" in asking.run("list", "releases")[1]
