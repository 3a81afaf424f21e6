package interp

import "strconv"

// bashMapfile is mapfile and readarray: the lines of a file as an array.
func bashMapfile(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "d:n:O:s:tu:C:c:")
	o := readOptions{raw: true, delim: '\n'}
	trim, count, skip, origin, keep := false, 0, 0, 0, false
	for _, x := range opts {
		switch x.letter {
		case 'd':
			o.delim = 0
			if x.arg != "" {
				o.delim = x.arg[0]
			}
		case 't':
			trim = true
		case 'n', 's', 'O', 'u':
			n, err := strconv.Atoi(x.arg)
			if err != nil || n < 0 {
				what := "invalid line count"
				if x.letter == 'O' {
					what = "invalid array origin"
				} else if x.letter == 'u' {
					what = "invalid file descriptor specification"
				}
				sh.warn("%s: %s", x.arg, what)
				return 1
			}
			switch x.letter {
			case 'n':
				count = n
			case 's':
				skip = n
			case 'O':
				origin, keep = n, true
			case 'u':
				o.fd = n
			}
		case 'C', 'c':
			sh.warn("-%c: not supported", x.letter)
			return 1
		}
	}
	name := "MAPFILE"
	if len(args) > 0 {
		name = args[0]
	}
	if !isName(name) {
		sh.warn("`%s': not a valid identifier", name)
		return 1
	}
	f := sh.p.Files.Get(o.fd)
	if f == nil {
		sh.warn("%d: invalid file descriptor: Bad file descriptor", o.fd)
		return 1
	}
	v, a := sh.ownArray(name)
	if !keep {
		a = &array{owner: sh}
		v.array = a
	}
	r := sh.newByteReader(f, o)
	defer r.close()
	for n := 0; count == 0 || n < count; {
		line, more := readDelimited(r, o.delim)
		if !more && line == "" {
			break
		}
		if skip > 0 {
			skip--
			continue
		}
		if more && !trim {
			line += string(o.delim)
		}
		a.put(origin+n, line)
		n++
		if !more {
			break
		}
	}
	v.flags &^= varUnset
	sh.store(name, v)
	return 0
}

// readDelimited reads up to a delimiter; more is false at the end.
func readDelimited(r *byteReader, delim byte) (line string, more bool) {
	var b []byte
	for {
		c, ok, status := r.next()
		if !ok || status != 0 {
			return string(b), false
		}
		if c == delim {
			return string(b), true
		}
		if c != 0 {
			b = append(b, c)
		}
	}
}
