-- expect: unknown name "coroutine"
coroutine.wrap(function() end)()
