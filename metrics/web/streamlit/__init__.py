"""What the Streamlit pages share: cached reads, pickers whose choice is the address, the bodies, the bar above them."""
