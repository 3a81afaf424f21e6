//go:build linux

package confirm

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// bigFile is the size above which a file that is no configuration is left
// out: no script reads one, and the cache stays small.
const bigFile = 256 << 10

// extract unpacks a package's tar stream for a sandbox: directories are merged
// into /usr as Debian's are, documentation and shared libraries are left out,
// and programs become stubs.
func extract(r io.Reader, root string) error {
	t := tar.NewReader(r)
	for {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		name := merged(path.Clean("/" + h.Name))
		if name == "/" || leftOut(name, h) {
			continue
		}
		if err := extractOne(t, h, filepath.Join(root, name), root); err != nil {
			return err
		}
	}
}

// merged is a path with /bin, /sbin and /lib* under /usr, and /var/run and
// /var/lock under /run, as the links of an installed system make them.
func merged(name string) string {
	for _, dir := range []string{"/bin", "/sbin", "/lib", "/lib64", "/lib32"} {
		if name == dir || strings.HasPrefix(name, dir+"/") {
			return "/usr" + name
		}
	}
	if rest, ok := strings.CutPrefix(name, "/var/run"); ok {
		return "/run" + rest
	}
	if rest, ok := strings.CutPrefix(name, "/var/lock"); ok {
		return "/run/lock" + rest
	}
	return name
}

var sharedLibrary = regexp.MustCompile(`^/usr/lib.*\.so(\.[0-9.]+)?$`)

func leftOut(name string, h *tar.Header) bool {
	for _, dir := range []string{"/usr/share/doc", "/usr/share/man", "/usr/share/locale", "/usr/share/info", "/usr/share/lintian",
		"/usr/share/icons", "/usr/share/fonts", "/usr/share/bash-completion", "/usr/include", "/usr/lib/debug", "/run"} {
		if name == dir || strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	if sharedLibrary.MatchString(name) {
		return true // the machine's own may be in use
	}
	return h.Size > bigFile && !strings.HasPrefix(name, "/etc/") && h.Mode&0o111 == 0
}

func extractOne(r io.Reader, h *tar.Header, to, root string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	mode := fs.FileMode(h.Mode & 0o777)
	switch h.Typeflag {
	case tar.TypeDir:
		if err := os.Mkdir(to, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	case tar.TypeSymlink:
		os.Remove(to)
		if err := os.Symlink(h.Linkname, to); err != nil {
			return err
		}
		return os.Lchown(to, h.Uid, h.Gid)
	case tar.TypeLink:
		os.Remove(to)
		return os.Link(filepath.Join(root, merged(path.Clean("/"+h.Linkname))), to)
	case tar.TypeReg:
		content, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if mode&0o111 != 0 && isProgram(content) {
			content = stubELF()
		}
		os.Remove(to)
		if err := os.WriteFile(to, content, mode); err != nil {
			return err
		}
	default:
		return nil
	}
	if err := os.Chown(to, h.Uid, h.Gid); err != nil {
		return err
	}
	if h.Mode&0o1000 != 0 {
		mode |= fs.ModeSticky
	}
	return os.Chmod(to, mode)
}

// isProgram is true for what becomes a stub: an executable that is no shell
// script. Interpreted programs too, for their modules are not there.
func isProgram(content []byte) bool {
	if bytes.HasPrefix(content, []byte("\x7fELF")) {
		return true
	}
	if !bytes.HasPrefix(content, []byte("#!")) {
		return false
	}
	line, _, _ := bytes.Cut(content, []byte("\n"))
	for _, other := range []string{"perl", "python", "ruby", "awk", "php", "tclsh", "wish", "lua", "escript", "guile", "node"} {
		if bytes.Contains(line, []byte(other)) {
			return true
		}
	}
	return false
}
