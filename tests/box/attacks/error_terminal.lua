-- expect: the script failed
error("\27[2J\27]0;title\7\r\n\u{202E}\u{9B}31m")
