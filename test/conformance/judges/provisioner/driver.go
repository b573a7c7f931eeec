package main

import (
	"context"
	"net"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"
)

// A CSI driver that keeps what it was asked for and answers as it was told.
type stubDriver struct {
	csi.UnimplementedControllerServer
	response *response
	request  *csi.CreateVolumeRequest
}

func (d *stubDriver) next(answer *response) {
	d.response, d.request = answer, nil
}

func (d *stubDriver) CreateVolume(_ context.Context, req *csi.CreateVolumeRequest) (*csi.CreateVolumeResponse, error) {
	d.request = req
	if code := d.response.Code; code != "" {
		var parsed codes.Code
		if err := parsed.UnmarshalJSON([]byte(`"` + code + `"`)); err != nil {
			return nil, err
		}
		return nil, status.Error(parsed, "no")
	}
	created := &csi.Volume{VolumeId: d.response.VolumeHandle, CapacityBytes: d.response.CapacityBytes}
	for _, each := range d.response.AccessibleTopology {
		created.AccessibleTopology = append(created.AccessibleTopology, &csi.Topology{Segments: each.Segments})
	}
	if d.response.HasContentSource {
		created.ContentSource = req.GetVolumeContentSource()
		if created.ContentSource == nil {
			created.ContentSource = &csi.VolumeContentSource{}
		}
	}
	return &csi.CreateVolumeResponse{Volume: created}, nil
}

// What is not told is an error.
func (d *stubDriver) GetCapacity(_ context.Context, req *csi.GetCapacityRequest) (*csi.GetCapacityResponse, error) {
	room, ok := d.response.Available[placeName(req.GetAccessibleTopology())]
	if !ok {
		return nil, status.Error(codes.Internal, "no")
	}
	return &csi.GetCapacityResponse{AvailableCapacity: room}, nil
}

func (d *stubDriver) DeleteVolume(context.Context, *csi.DeleteVolumeRequest) (*csi.DeleteVolumeResponse, error) {
	return &csi.DeleteVolumeResponse{}, nil
}

func serveDriver(driver *stubDriver) (*grpc.ClientConn, error) {
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer()
	csi.RegisterControllerServer(server, driver)
	go func() { _ = server.Serve(listener) }()
	dial := func(context.Context, string) (net.Conn, error) { return listener.Dial() }
	return grpc.NewClient("passthrough:///driver", grpc.WithContextDialer(dial), grpc.WithTransportCredentials(insecure.NewCredentials()))
}
