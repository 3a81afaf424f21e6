package demo

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"sysv/system"
)

// DaemonName is the name by which this program is the demonstration's daemon.
const DaemonName = "hello-httpd"

// Limits of the daemon: it serves one small page to whoever is on this
// machine.
const (
	requestTime = 5 * time.Second
	pageLimit   = 64 << 10
	startTime   = 10 * time.Second
)

// daemonOptions are the daemon's: --pidfile, --page, --port, --foreground.
type daemonOptions struct {
	pidFile, page, port string
	foreground          bool
}

// Daemon is the daemon: it serves the page at a loopback port, writes a pid
// file, reads the page again on HUP and ends on TERM. It goes into the
// background when it is ready, unless --foreground says otherwise.
func Daemon(ctx context.Context, p *system.Process, args []string) int {
	var o daemonOptions
	for i := 1; i < len(args); i++ {
		into := map[string]*string{"--pidfile": &o.pidFile, "--page": &o.page, "--port": &o.port}[args[i]]
		switch {
		case args[i] == "--foreground":
			o.foreground = true
		case into != nil && i+1 < len(args):
			i++
			*into = args[i]
		default:
			fmt.Fprintf(p.Stderr(), "%s: %s: unknown option\n", DaemonName, args[i])
			return 2
		}
	}
	if !o.foreground {
		return detach(ctx, p, args)
	}
	if err := serve(ctx, p, o); err != nil {
		fmt.Fprintf(p.Stderr(), "%s: %v\n", DaemonName, err)
		return 1
	}
	return 0
}

// detach starts the daemon in a session of its own, and waits until it has
// said on a pipe that it is ready.
func detach(ctx context.Context, p *system.Process, args []string) int {
	r, w, err := p.Sys.Pipe()
	if err != nil {
		return 1
	}
	defer r.Close()
	c := p.Command(p.Sys.Executable(), append(append([]string{}, args...), "--foreground"))
	null, err := p.Sys.Open("/dev/null", system.ReadWrite, 0)
	if err != nil {
		return 1
	}
	// Its standard error is the terminal's until it is ready; its standard
	// output is the pipe.
	c.Files = []system.File{null, w, p.Stderr()}
	c.Setsid, c.Detach, c.Dir = true, true, "/"
	_, err = p.Sys.Start(c)
	w.Close()
	if err != nil {
		fmt.Fprintf(p.Stderr(), "%s: %v\n", DaemonName, err)
		return 1
	}
	line := make([]byte, 16)
	if n, _ := r.Read(line); strings.TrimSpace(string(line[:n])) != "ready" {
		return 1
	}
	return 0
}

func serve(ctx context.Context, p *system.Process, o daemonOptions) error {
	page, err := p.ReadFile(o.page, pageLimit)
	if err != nil {
		return fmt.Errorf("%s: %w", o.page, err)
	}
	var text atomic.Pointer[[]byte]
	text.Store(&page)
	l, err := net.Listen("tcp4", "127.0.0.1:"+o.port)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := writePIDFile(p, o.pidFile); err != nil {
		return fmt.Errorf("%s: %w", o.pidFile, err)
	}
	defer p.Unlink(o.pidFile)
	signals := make(chan system.Signal, 4)
	p.Sys.Notify(signals, system.SIGHUP, system.SIGTERM, system.SIGINT)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go answer(conn, *text.Load())
		}
	}()
	p.Stdout().Write([]byte("ready\n"))
	p.Files.CloseAll()
	for {
		select {
		case <-ctx.Done():
			return nil
		case sig := <-signals:
			if sig != system.SIGHUP {
				return nil
			}
			if page, err := p.ReadFile(o.page, pageLimit); err == nil {
				text.Store(&page)
			}
		}
	}
}

// writePIDFile writes the pid file whole or not at all.
func writePIDFile(p *system.Process, path string) error {
	temp := path + ".new"
	f, err := p.Open(temp, system.WriteOnly|system.Create|system.Truncate, 0o644)
	if err != nil {
		return err
	}
	err = system.WriteAll(f, fmt.Appendf(nil, "%d\n", p.Sys.Getpid()))
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return p.Rename(temp, path)
}

// answer answers one HTTP request with the page.
func answer(conn net.Conn, page []byte) {
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(requestTime))
	in := bufio.NewReader(conn)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		if strings.TrimSpace(line) == "" {
			break
		}
	}
	fmt.Fprintf(conn, "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(page), page)
}

// fetch fetches the page.
func fetch(port string) (string, error) {
	conn, err := net.DialTimeout("tcp4", "127.0.0.1:"+port, requestTime)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(requestTime))
	fmt.Fprint(conn, "GET / HTTP/1.0\r\n\r\n")
	b, err := system.ReadAll(conn, pageLimit+1024)
	if err != nil {
		return "", err
	}
	_, body, ok := strings.Cut(string(b), "\r\n\r\n")
	if !ok {
		return "", fmt.Errorf("no HTTP answer")
	}
	return strings.TrimSpace(body), nil
}
