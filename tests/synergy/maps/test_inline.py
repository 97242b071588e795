import json
import re

from hypothesis import given
from hypothesis import strategies as st

from synergy.maps.inline import guarded_script, json_text, vis_network_script


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_survives_and_cannot_break_out(value):
    text = json_text(value)
    assert json.loads(text) == value
    assert text.isascii()
    assert not set("<>&") & set(text)


def test_a_script_cannot_end_its_element():
    text = guarded_script("'</SCRIPT>' + '</script' + '<!--'\r\n")
    assert text == "'<\\/SCRIPT>' + '<\\/script' + '<\\!--'\n"


def test_vis_network_is_complete_and_asks_for_no_map():
    text = vis_network_script()
    assert "DataSet" in text
    assert "Network" in text
    assert "sourceMappingURL" not in text
    assert not re.search(r"</script|<!--|\r", text, re.IGNORECASE)
