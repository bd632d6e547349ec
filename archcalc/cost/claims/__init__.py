"""What papers print, compared with what is computed; what is easily misread."""
