-- Native rules that attack: a rule for each deed of tests/abi/plugins/outlaw.c, and one that is none (tests/abi/rules.c).
return pack { id = "outlaw", version = "1", api = 1, title = { zh = "恶意的原生规则", en = "native rules that attack" } }
