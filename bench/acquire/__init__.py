"""From servers to stored articles: how fast, beside the peer `reader`, in the same run."""
