import type { DesktopScripts } from './script-typist.ts'

/**
 * PowerShell over the window system's own calls. `SendInput` takes characters as they are, so that no layout matters. The script is an
 * argument without the value, which compiled code reads from stdin: Windows can be set to log every script, and every argument of a
 * PowerShell command.
 */
const shared = `
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
public static class Keys {
  [StructLayout(LayoutKind.Sequential)] public struct Keyboard { public ushort key; public ushort scan; public uint flags; public uint time; public IntPtr extra; }
  [StructLayout(LayoutKind.Explicit, Size = 32)] public struct Union { [FieldOffset(0)] public Keyboard keyboard; }
  [StructLayout(LayoutKind.Sequential)] public struct Input { public uint type; public Union union; }
  [DllImport("user32.dll")] public static extern IntPtr GetForegroundWindow();
  [DllImport("user32.dll")] public static extern bool SetForegroundWindow(IntPtr window);
  [DllImport("user32.dll")] public static extern uint GetWindowThreadProcessId(IntPtr window, out uint process);
  [DllImport("user32.dll", CharSet = CharSet.Unicode)] public static extern int GetWindowText(IntPtr window, StringBuilder text, int most);
  [DllImport("user32.dll")] public static extern short GetAsyncKeyState(int key);
  [DllImport("user32.dll", SetLastError = true)] public static extern uint SendInput(uint count, Input[] inputs, int size);
  public static bool Released() {
    for (int i = 0; i < 150; i++) {
      bool held = false;
      for (int key = 8; key < 255; key++) if (key != 20 && key != 144 && key != 145 && (GetAsyncKeyState(key) & 0x8000) != 0) held = true;
      if (!held) return true;
      Thread.Sleep(20);
    }
    return false;
  }
  public static uint ProcessOf(IntPtr window) { uint process; GetWindowThreadProcessId(window, out process); return process; }
  public static string TypeGiven() {
    IntPtr window = new IntPtr(long.Parse(Console.In.ReadLine()));
    uint process = uint.Parse(Console.In.ReadLine());
    string text = Console.In.ReadLine();
    if (!Released()) return "held";
    if (ProcessOf(window) != process) return "changed";
    if (GetForegroundWindow() != window) SetForegroundWindow(window);
    for (int i = 0; i < 50 && GetForegroundWindow() != window; i++) Thread.Sleep(20);
    foreach (char one in text) {
      if (GetForegroundWindow() != window) return "changed";
      Input[] inputs = new Input[2];
      for (int i = 0; i < 2; i++) {
        inputs[i].type = 1;
        inputs[i].union.keyboard.scan = one;
        inputs[i].union.keyboard.flags = (uint)(i == 0 ? 4 : 6);
      }
      if (SendInput(2, inputs, Marshal.SizeOf(typeof(Input))) != 2) return "not-allowed";
      Thread.Sleep(2);
    }
    return GetForegroundWindow() == window ? "" : "changed";
  }
}
'@
function Answer($refused) { if ($refused -eq '') { '{}' } else { @{ refused = $refused } | ConvertTo-Json -Compress } }
`

const look = `
$window = [Keys]::GetForegroundWindow()
if ($window -eq [IntPtr]::Zero) { '{}'; exit }
$title = New-Object System.Text.StringBuilder 512
[void][Keys]::GetWindowText($window, $title, 512)
$id = [Keys]::ProcessOf($window)
$program = try { (Get-Process -Id $id).MainModule.FileName } catch { '' }
@{ id = [string]$window.ToInt64(); pid = [int]$id; program = [string]$program; title = $title.ToString() } | ConvertTo-Json -Compress
`

const release = `
Answer $(if ([Keys]::Released()) { '' } else { 'held' })
`

const type = `
Answer ([Keys]::TypeGiven())
`

export const windowsScripts: DesktopScripts = { look: powershell(look), release: powershell(release), type: powershell(type) }

/** Encoded, because no quoting of a Windows command line is safe for every character. */
function powershell(script: string): DesktopScripts['look'] {
  const encoded = Buffer.from(shared + script, 'utf16le').toString('base64')
  return { command: 'powershell.exe', args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', encoded] }
}
