"""The yardstick: an almost empty Streamlit page, one title and one plotly line."""

import plotly.graph_objects as go
import streamlit as st

st.title("Yardstick")
year = st.select_slider("Year", options=list(range(1950, 2051)))
st.plotly_chart(go.Figure(go.Scatter(x=[1950, year, 2051], y=[1, 3, 2], mode="lines")))
