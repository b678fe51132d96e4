-- expect: unknown name "io"
return io.open("/etc/passwd")
