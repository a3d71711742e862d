"""What the desk shows of its own: figures, boards, notices to who must act.
No rule here and no fact of its own: all of it comes out of what the other rooms and the reports say."""
