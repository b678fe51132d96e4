-- One rule, declared and native: both must decide and explain alike. The plugin is tests/abi/plugins/credits.c.
return pack { id = "native", version = "1", api = 1, title = { zh = "声明与原生规则", en = "a declared rule and a native one" } }
