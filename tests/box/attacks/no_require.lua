-- expect: unknown name "require"
require "os"
