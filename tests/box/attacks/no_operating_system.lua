-- expect: unknown name "os"
return os.execute("true")
