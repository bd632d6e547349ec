"""What every page is shown in: state, links, navigation, errors, style, the server."""
