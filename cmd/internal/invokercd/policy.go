package invokercd

import (
	"context"
	"strings"

	"sysv/service"
	"sysv/shell"
	"sysv/system"
)

// askPolicy asks policy-rc.d, as its specification (README.policy-rc.d of
// sysv-rc) has it, and decides what comes of the answer.
func (c *command) askPolicy(ctx context.Context) {
	if c.rc == none && c.query {
		c.rc = ExitUncertain
	}
	if c.policy != "" && c.p.Sys.Access(c.policy, system.ExecuteOK) == nil {
		c.answer(c.callPolicy(ctx))
	} else {
		c.withoutPolicy()
	}
	if c.rc == ExitDenied || c.rc == ExitAllowed || c.query {
		return
	}
	c.complain("policy-rc.d returned error status ", itoa(c.rc))
	if !c.tryAnyway {
		panic(stop(c.rc))
	}
	c.rc = ExitSubsystem
}

// callPolicy runs policy-rc.d. A start that the runlevel forbids is told as
// "(start)".
func (c *command) callPolicy(ctx context.Context) (status int, output string) {
	argv := []string{c.policy}
	if c.quiet {
		argv = append(argv, "--quiet")
	}
	action := c.action
	if c.rc == ExitDenied && c.starts() {
		action = "(" + action + ")"
	}
	argv = append(append(argv, c.id, action), fields(c.level)...)
	child := c.p.Fork()
	defer child.Files.CloseAll()
	out := system.NewCapture(c.p.Sys)
	child.Files.Set(1, out)
	if started, err := c.p.Sys.Start(child.Command(c.policy, argv)); err == nil {
		ws, _ := started.Wait(false)
		service.Mourn(c.p, ws)
		status = ws.Status()
	} else {
		// What the system does not start, a shell may: or it says why not.
		status = shell.RunProgram(ctx, child, argv)
	}
	child.Files.CloseAll()
	return status, strings.TrimRight(string(out.Bytes()), "\n")
}

// answer is what policy-rc.d's status and output mean.
func (c *command) answer(status int, fallback string) {
	_, list := format(c.action)
	switch c.rc = status; status {
	case 0:
		c.rc = ExitAllowed
	case 1:
		c.rc = ExitUncertain
	case ExitDenied:
		if c.force {
			c.complain("Overriding policy-rc.d denied execution of ", list, ".")
			c.rc = ExitAllowed
		} else {
			c.complain("policy-rc.d denied execution of ", list, ".")
		}
	}
	switch {
	case c.query:
	case c.rc == ExitUncertain:
		c.complain(`policy-rc.d query returned "behaviour undefined",`)
		c.complain(`assuming "`, list, `" is allowed.`)
		c.rc = ExitAllowed
	case c.rc == ExitFallback:
		c.fallBack(fallback)
	}
	if c.rc < ExitUnknown || c.rc > ExitFallback {
		c.complain("WARNING: policy-rc.d returned unexpected error status ", itoa(c.rc), ", 102 used instead.")
		c.rc = ExitSubsystem
	}
}

// fallBack puts the policy's actions in the place of the one asked for.
func (c *command) fallBack(fallback string) {
	noun, list := format(fallback)
	switch {
	case c.force:
		c.complain("ignoring policy-rc.d fallback request: ", list, ".")
		c.rc = ExitAllowed
	case c.noFallback:
		c.complain("ignoring policy-rc.d fallback request: ", list, ".")
		c.rc = ExitDenied
	default:
		c.action = fallback
		c.complain("executing ", noun, ` "`, list, `" instead due to policy-rc.d request.`)
		c.rc = ExitAllowed
	}
}

// withoutPolicy decides where there is no policy-rc.d: on a system that
// nothing starts, nothing is to be started.
func (c *command) withoutPolicy() {
	if _, err := c.p.Sys.Stat("/sbin/init"); err != nil {
		if c.force {
			c.complain("WARNING: No init system and policy-rc.d missing, but force specified so proceeding.")
		} else {
			c.complain("WARNING: No init system and policy-rc.d missing! Defaulting to block.")
			c.rc = ExitDenied
		}
	}
	if c.rc == none {
		c.rc = ExitAllowed
	}
}
