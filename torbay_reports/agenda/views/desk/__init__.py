"""The clerk's desk: pages on which committees, meetings and agendas are kept."""
