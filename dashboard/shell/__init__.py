"""What every page is shown in: state, links, navigation, errors, theme, the server."""
