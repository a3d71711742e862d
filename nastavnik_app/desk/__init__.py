"""What the desk shows of its own: figures, boards, notices to who must act."""
