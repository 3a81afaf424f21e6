package interp

import (
	"slices"
	"strconv"

	"sysv/interp/ast"
	"sysv/system"
)

// savedFiles is what redirections have changed, to be put back.
type savedFiles struct {
	list []system.Saved
	fds  []int
}

// saveFile remembers what is at descriptor fd before the first redirection of
// it: what is there between two of them is closed. saved may be nil.
func (sh *Shell) saveFile(saved *savedFiles, fd int) {
	if saved == nil || slices.Contains(saved.fds, fd) {
		return
	}
	saved.fds = append(saved.fds, fd)
	saved.list = append(saved.list, sh.p.Files.Save(fd))
}

// restoreFiles undoes redirections, the last first.
func (sh *Shell) restoreFiles(s *savedFiles) {
	if len(s.list) == 0 {
		return
	}
	sh.out.flush()
	for _, v := range slices.Backward(s.list) {
		sh.p.Files.Restore(v)
	}
	*s = savedFiles{}
}

// keepFiles makes redirections last (exec).
func (sh *Shell) keepFiles(s *savedFiles) {
	for _, v := range s.list {
		sh.p.Files.Drop(v)
	}
	*s = savedFiles{}
}

// redirect makes redirections. Where one cannot be made it prints why and
// returns the status, and those before it stand until they are undone.
// saved nil does not remember what was there.
func (sh *Shell) redirect(redirs []*ast.Redir, saved *savedFiles) int {
	if len(redirs) == 0 {
		return 0
	}
	sh.out.flush()
	if sh.dialect == Bash {
		for _, r := range redirs {
			if st := sh.redirectOne(r, saved); st != 0 {
				return st
			}
		}
		return 0
	}
	// dash expands all names before it opens the first file.
	var few [4]string
	words := few[:0]
	for _, r := range redirs {
		word, _ := sh.redirectWord(r)
		words = append(words, word)
	}
	for i, r := range redirs {
		if st := sh.redirectTo(r, words[i], saved); st != 0 {
			return st
		}
	}
	return 0
}

func (sh *Shell) redirectOne(r *ast.Redir, saved *savedFiles) int {
	if r.FdVar != "" {
		return sh.redirectVar(r)
	}
	word, ok := sh.redirectWord(r)
	if !ok {
		return 1
	}
	return sh.redirectTo(r, word, saved)
}

// redirectWord expands the word of a redirection, but for the text of a
// here-document. ok is false where bash finds no single name.
func (sh *Shell) redirectWord(r *ast.Redir) (word string, ok bool) {
	switch r.Op {
	case ast.RedirHere, ast.RedirHereStr:
		return "", true
	case ast.RedirDupIn, ast.RedirDupOut:
		word := sh.str(r.Word, tildeWord)
		if sh.dialect == Dash && (len(word) != 1 || word != "-" && (word[0] < '0' || word[0] > '9')) {
			// dash finds out as late as this, but calls it a syntax error
			// at the place that it has read to.
			if sh.parser != nil {
				sh.line = sh.parser.Line()
			}
			sh.fatal(2, "Syntax error: Bad fd number")
		}
		return word, true
	}
	return sh.redirectName(r)
}

func (sh *Shell) redirectTo(r *ast.Redir, word string, saved *savedFiles) int {
	fd := r.Fd
	if fd < 0 {
		switch r.Op {
		case ast.RedirIn, ast.RedirInOut, ast.RedirDupIn, ast.RedirHere, ast.RedirHereStr:
			fd = 0
		default:
			fd = 1
		}
	}
	put := func(f system.File) {
		sh.saveFile(saved, fd)
		sh.p.Files.Set(fd, f)
	}
	switch r.Op {
	case ast.RedirHere, ast.RedirHereStr:
		text, st := sh.hereText(r)
		if st != 0 {
			return st
		}
		f, err := sh.hereDocument(text)
		if err != nil {
			sh.warn("Pipe call failed")
			return 2
		}
		put(f)
		return 0
	case ast.RedirDupIn, ast.RedirDupOut:
		return sh.redirectDup(r, fd, word, saved)
	case ast.RedirAll, ast.RedirAllAppd:
		op := ast.RedirOut
		if r.Op == ast.RedirAllAppd {
			op = ast.RedirAppend
		}
		f, st := sh.openRedirected(op, word)
		if st != 0 {
			return st
		}
		put(f)
		sh.saveFile(saved, 2)
		sh.p.Files.Dup(1, 2)
		return 0
	}
	if from, own := sh.ownFd(word); own && sh.dialect == Bash && sh.p.Files.Get(from) != nil {
		sh.saveFile(saved, fd)
		sh.p.Files.Dup(from, fd)
		return 0
	}
	f, st := sh.openRedirected(r.Op, word)
	if st != 0 {
		return st
	}
	put(f)
	return 0
}

// hereText expands the text of a here-document. An error in it is an error of
// the redirection: it ends the shell only if that does.
func (sh *Shell) hereText(r *ast.Redir) (text string, status int) {
	if sh.dialect == Dash {
		defer func() {
			if e := recover(); e != nil {
				a, ok := e.(abort)
				if !ok {
					panic(e)
				}
				status = a.status
			}
		}()
	}
	text = sh.str(r.Word, tildeNone)
	if r.Op == ast.RedirHereStr {
		text += "\n"
	}
	return text, 0
}

// redirectName expands a redirection's file name: dash does not match path
// names there, bash does if one name comes out.
// ok is false where that is not one name.
func (sh *Shell) redirectName(r *ast.Redir) (name string, ok bool) {
	if sh.dialect == Bash {
		names := sh.fieldsOf(r.Word, nil)
		if len(names) == 1 {
			return names[0], true
		}
		sh.warn("%s: ambiguous redirect", sourceWord(r.Word))
		return "", false
	}
	return sh.str(r.Word, tildeWord), true
}

// openRedirected opens a redirection's file, as dash's openredirect.
func (sh *Shell) openRedirected(op ast.RedirOp, name string) (system.File, int) {
	flag := system.ReadOnly
	creates := op != ast.RedirIn
	switch op {
	case ast.RedirInOut:
		flag = system.ReadWrite | system.Create
	case ast.RedirOut:
		flag = system.WriteOnly | system.Create | system.Truncate
		if sh.opt[optNoClobber] {
			info, err := sh.p.Stat(name)
			switch {
			case err == nil && info.Mode.IsRegular():
				return nil, sh.redirectFailed(true, name, system.EEXIST)
			case err == nil:
				flag, creates = system.WriteOnly, false
			default:
				flag = system.WriteOnly | system.Create | system.Exclusive
			}
		}
	case ast.RedirClobber:
		flag = system.WriteOnly | system.Create | system.Truncate
	case ast.RedirAppend:
		flag = system.WriteOnly | system.Create | system.Append
	}
	f, err := sh.open(name, flag)
	if err != nil {
		return nil, sh.redirectFailed(creates, name, err)
	}
	return f, 0
}

func (sh *Shell) redirectFailed(creates bool, name string, err error) int {
	if sh.dialect == Bash {
		if err == system.EEXIST && sh.opt[optNoClobber] {
			sh.warn("%s: cannot overwrite existing file", name)
			return 1
		}
		sh.warn("%s: %v", name, err)
		return 1
	}
	verb, text := "open", err.Error()
	if creates {
		verb = "create"
	}
	if err == system.ENOENT || err == system.ENOTDIR {
		text = "No such file"
		if creates {
			text = "Directory nonexistent"
		}
	}
	sh.warn("cannot %s %s: %s", verb, name, text)
	return 2
}

// redirectDup is n<&word and n>&word: dash takes one digit or "-".
func (sh *Shell) redirectDup(r *ast.Redir, fd int, word string, saved *savedFiles) int {
	if sh.dialect == Dash && word == itoa(fd) {
		// Nothing to do, whether it is open or not.
		return 0
	}
	sh.saveFile(saved, fd)
	if word == "-" {
		sh.p.Files.Close(fd)
		return 0
	}
	move := false
	if sh.dialect == Bash {
		if n := len(word); n > 1 && word[n-1] == '-' {
			word, move = word[:n-1], true
		}
	}
	from, err := strconv.Atoi(word)
	if err != nil || from < 0 {
		if r.Op == ast.RedirDupOut && r.Fd < 0 {
			return sh.redirectOne(&ast.Redir{Line: r.Line, Op: ast.RedirAll, Fd: -1, Word: r.Word}, saved)
		}
		sh.warn("%s: ambiguous redirect", word)
		return 1
	}
	if !sh.p.Files.Dup(from, fd) {
		if sh.dialect == Bash {
			sh.warn("%s: %v", sourceWord(r.Word), system.EBADF)
			return 1
		}
		sh.warn("%d: %v", from, system.EBADF)
		return 2
	}
	if move && from != fd {
		sh.p.Files.Close(from)
	}
	return 0
}

// pipeBuffer is what a pipe holds without a reader (pipe(7)).
const pipeBuffer = 65536

// hereDocument gives a file from which text is read.
func (sh *Shell) hereDocument(text string) (system.File, error) {
	r, w, err := sh.sys.Pipe()
	if err != nil {
		return nil, err
	}
	if len(text) <= pipeBuffer {
		system.WriteAll(w, []byte(text))
		w.Close()
		return r, nil
	}
	system.AddThreads(sh.sys, 1)
	go func() {
		defer system.AddThreads(sh.sys, -1)
		system.WriteAll(w, []byte(text))
		w.Close()
	}()
	return r, nil
}
